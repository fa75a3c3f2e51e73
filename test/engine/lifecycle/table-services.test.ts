import { doors } from "../hosts/doors";
import { lifecycleTable } from "./table";

lifecycleTable(doors.host, "services");

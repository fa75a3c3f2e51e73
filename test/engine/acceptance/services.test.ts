import { examplesIn } from "./examples";

examplesIn("services");

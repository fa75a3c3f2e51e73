import { examplesIn } from "./examples";

examplesIn("v2025");

import { describeHistories } from "./describe-histories.js";

describeHistories("cell", 2_000);

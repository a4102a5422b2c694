import { describeHistories } from "./describe-histories.js";

describeHistories("cell", 1_800);

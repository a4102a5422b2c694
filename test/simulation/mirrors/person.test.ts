import { describeHistories } from "./describe-histories.js";

describeHistories("person", 1_800);

import { describeHistories } from "./describe-histories.js";

describeHistories("person", 2_000);

import { describeSchedules } from "./describe-schedules.js";

describeSchedules(2501, 2_500);

import { lineAfter } from "../line-after";
import { capacityReservationRule } from "../event-rules";
import { line109 } from "./1.9";

/** Interruptions of capacity reservations. */
export const line110 = lineAfter(line109, {
  newest: "1.10.2",
  eventRules: [...line109.eventRules, capacityReservationRule],
});

import { minorVersionAfter } from "../minor-version-after";
import { capacityReservationRule } from "../event-rules";
import { minor109 } from "./1.9";

/** Interruptions of capacity reservations. */
export const minor110 = minorVersionAfter(minor109, {
  newest: "1.10.2",
  eventRules: [...minor109.eventRules, capacityReservationRule],
});

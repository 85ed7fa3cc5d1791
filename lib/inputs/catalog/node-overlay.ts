import * as api from "./api-values";
import type { ObjectField } from "../field";
import { about, map, numeric, object, text } from "../field-builders";
import { nodeOverlayRules } from "./node-pool-rules";
import { amount, metadata, overlayRequirements } from "./node-pool";
import * as values from "./values";

const fields = {
  requirements: overlayRequirements,
  capacity: about(
    "Resources that the instance types have besides those that EC2 knows.",
    map(amount, api.overlayResource),
  ),
  price: about("US dollars an hour, instead of the known price.", text(api.price)),
  priceAdjustment: about('An addition to the known price, "+0.5" or "-10%".', text(api.priceAdjustment)),
  weight: about(
    "Which overlay wins, 1 to 10,000, the highest.",
    numeric(values.wholeNumber(1, 10_000, "the highest wins")),
  ),
};

/** The `spec` of a NodeOverlay of karpenter.sh/v1alpha1 as a whole. */
export const wholeNodeOverlaySpec = object(fields, ["requirements"], nodeOverlayRules);

/** {@link NodeOverlay} of karpenter.sh/v1alpha1. */
export const nodeOverlaySchema: ObjectField = {
  ...object(
    {
      metadata,
      ...fields,
      spec: about("More of the object's spec in the API's own form; the fields above win.", object(fields)),
    },
    [],
    nodeOverlayRules,
  ),
  below: "spec",
};

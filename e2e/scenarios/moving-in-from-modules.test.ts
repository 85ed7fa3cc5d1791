/** Karpenter as the modules of others make it moves into the modules by what `import` writes: nothing is destroyed or made anew. */
import { SHAPES, testMovingIn } from "../support/moving-in-shapes";

testMovingIn(SHAPES.filter(({ shape }) => !shape.startsWith("hand-written")));

import { Testing } from "cdktf";

// In a file of its own: tests without a matcher of cdktf need not load it.
Testing.setupJest();

import { publishedModules } from "./stacks/modules";
import { writeModule } from "./lib/module";
for (const module of publishedModules()) writeModule(module, "terraform-aws-karpenter");

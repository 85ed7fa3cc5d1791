/** OpenTofu in place of Terraform. */
import { installOpenTofu } from "../cloud/terraform-floor";
import { testWholeModule } from "../support/whole-module";

testWholeModule("OpenTofu", installOpenTofu);

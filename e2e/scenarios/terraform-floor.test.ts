/** The oldest Terraform that the modules promise to work with. */
import { installTerraformFloor, TERRAFORM_FLOOR } from "../cloud/terraform-floor";
import { testWholeModule } from "../support/whole-module";

testWholeModule(`Terraform ${TERRAFORM_FLOOR}`, installTerraformFloor);

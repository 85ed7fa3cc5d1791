package main

import (
	"fmt"
	"regexp"

	v1 "github.com/aws/karpenter-provider-aws/pkg/apis/v1"
	"github.com/aws/karpenter-provider-aws/pkg/utils"
	karpv1 "sigs.k8s.io/karpenter/pkg/apis/v1"
)

var readableAlias = regexp.MustCompile(`^(al2|al2023|bottlerocket|windows2019|windows2022|windows2025)@[^@]+$`)

func judgeNodeClass(object map[string]any, found *findings) {
	class := decode[v1.EC2NodeClass](object, found)
	if class == nil {
		return
	}
	found.name(class.Name)
	for key, value := range class.Spec.Tags {
		alone := &v1.EC2NodeClass{}
		alone.Spec.Tags = map[string]string{key: value}
		found.check("spec.tags."+key, func() error {
			_, err := utils.GetTags(alone, &karpv1.NodeClaim{}, "cluster")
			return err
		})
	}
	for index, mapping := range class.Spec.BlockDeviceMappings {
		if mapping != nil && mapping.EBS != nil && mapping.EBS.VolumeSize != nil && mapping.EBS.VolumeSize.Sign() <= 0 {
			found.add(fmt.Sprintf("spec.blockDeviceMappings[%d].ebs.volumeSize", index), fmt.Errorf("is %s, no size", mapping.EBS.VolumeSize))
		}
	}
	for index, term := range class.Spec.AMISelectorTerms {
		// Karpenter ends the whole process over such an alias, and so would this one.
		if term.Alias != "" && !readableAlias.MatchString(term.Alias) {
			found.add(fmt.Sprintf("spec.amiSelectorTerms[%d].alias", index), fmt.Errorf("%q ends the controller", term.Alias))
			return
		}
	}
	judgeKubelet(class, found)
}

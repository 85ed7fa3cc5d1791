//go:build !karpenter_1_14

package main

import (
	"fmt"
	"os"
	"regexp"

	v1 "github.com/aws/karpenter-provider-aws/pkg/apis/v1"
	kubeletcel "github.com/aws/karpenter-provider-aws/pkg/cel"
	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// With the gate nodeClassCEL on, CEL stands where a number or an amount may.
var isCELTaken = os.Getenv("NODE_CLASS_CEL") == "true"

// Errors begin with the path, `spec.kubelet.field[key]: …`, or name it in quotes, `unknown field "a.b"`.
var (
	pathOfError  = regexp.MustCompile(`^(spec\.kubelet(?:\.\w+)?)(?:\[([^\]]*)\])?:(?: "([^"]*)" isn't a)?`)
	unknownField = regexp.MustCompile(`unknown field "([^"]+)"`)
	// Go names the types that are embedded in others too.
	embedded  = regexp.MustCompile(`\b[A-Z]\w*\.`)
	wrongType = regexp.MustCompile(`into Go struct field \w+\.(\S+) of type`)
)

func judgeKubelet(class *v1.EC2NodeClass, found *findings) {
	kubelet := class.Spec.Kubelet
	for _, err := range v1.ValidateKubeletConfig(kubelet) {
		found.add(placeOf(err), err)
	}
	parsed, err := v1.ParseKubeletConfig(kubelet)
	if err != nil {
		found.add("spec.kubelet", err)
		return
	}
	if parsed.MaxPods != nil && parsed.MaxPods.Type == intstr.String {
		judgeExpression("spec.kubelet.maxPods", parsed.MaxPods.StrVal, found)
	}
	for field, amounts := range map[string]map[string]string{"kubeReserved": parsed.KubeReserved, "systemReserved": parsed.SystemReserved} {
		for key, amount := range amounts {
			if _, err := resource.ParseQuantity(amount); err != nil {
				judgeExpression(fmt.Sprintf("spec.kubelet.%s.%s", field, key), amount, found)
			}
		}
	}
	judgeSupport(class, parsed, found)
}

func judgeExpression(path, expression string, found *findings) {
	if !isCELTaken {
		found.add(path, fmt.Errorf("%q is a CEL expression, but the NodeClassCEL feature gate is disabled", expression))
		return
	}
	found.check(path, func() error {
		environment, err := kubeletcel.NewEnvironment()
		if err != nil {
			return err
		}
		return environment.ValidateExpression(expression)
	})
}

// judgeSupport says which fields a family of AMIs does not hand on. The controller keeps that beside much else that is not
// needed here: only AL2023 takes every field, and Custom is left alone.
func judgeSupport(class *v1.EC2NodeClass, parsed *v1.ParsedKubeletConfig, found *findings) {
	family := class.AMIFamily()
	if family == v1.AMIFamilyCustom || family == v1.AMIFamilyAL2023 {
		return
	}
	for _, field := range v1.UnmanagedKubeletFields(class.Spec.Kubelet) {
		found.add("spec.kubelet."+field, fmt.Errorf("not applied by the %s AMI family", family))
	}
	if parsed.PodsPerCore != nil && family == v1.AMIFamilyBottlerocket {
		found.add("spec.kubelet.podsPerCore", fmt.Errorf("not applied by the %s AMI family", family))
	}
	if len(parsed.ClusterDNS) > 1 {
		found.add("spec.kubelet.clusterDNS", fmt.Errorf("the %s AMI family takes one", family))
	}
}

func placeOf(err error) string {
	if match := unknownField.FindStringSubmatch(err.Error()); match != nil {
		return "spec.kubelet." + match[1]
	}
	if match := wrongType.FindStringSubmatch(err.Error()); match != nil {
		return "spec.kubelet." + embedded.ReplaceAllString(match[1], "")
	}
	match := pathOfError.FindStringSubmatch(err.Error())
	if match == nil {
		return "spec.kubelet"
	}
	for _, key := range match[2:] {
		if key != "" {
			return match[1] + "." + key
		}
	}
	return match[1]
}

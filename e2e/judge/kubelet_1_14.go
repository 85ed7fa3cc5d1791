//go:build karpenter_1_14

package main

import (
	"fmt"
	"strconv"
	"strings"

	v1 "github.com/aws/karpenter-provider-aws/pkg/apis/v1"
	"k8s.io/apimachinery/pkg/api/resource"
)

// judgeKubelet reads amounts as the controller does when it works out how much room a node has: there, one that cannot be
// read is a panic.
func judgeKubelet(class *v1.EC2NodeClass, found *findings) {
	kubelet := class.Spec.Kubelet
	if kubelet == nil {
		return
	}
	for field, amounts := range map[string]map[string]string{
		"kubeReserved": kubelet.KubeReserved, "systemReserved": kubelet.SystemReserved,
		"evictionHard": kubelet.EvictionHard, "evictionSoft": kubelet.EvictionSoft,
	} {
		for key, amount := range amounts {
			var err error
			if percent, is := strings.CutSuffix(amount, "%"); is && strings.HasPrefix(field, "eviction") {
				_, err = strconv.ParseFloat(percent, 64)
			} else {
				_, err = resource.ParseQuantity(amount)
			}
			found.add(fmt.Sprintf("spec.kubelet.%s.%s", field, key), err)
		}
	}
	for key, period := range kubelet.EvictionSoftGracePeriod {
		if period.Duration < 0 {
			found.add("spec.kubelet.evictionSoftGracePeriod."+key, fmt.Errorf("is %s, below zero", period.Duration))
		}
	}
}

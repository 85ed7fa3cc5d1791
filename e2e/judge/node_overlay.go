package main

import (
	"context"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/karpenter/pkg/apis/v1alpha1"
	"sigs.k8s.io/karpenter/pkg/cloudprovider"
)

func judgeNodeOverlay(ctx context.Context, object map[string]any, found *findings) {
	overlay := decode[v1alpha1.NodeOverlay](object, found)
	if overlay == nil {
		return
	}
	for index, requirement := range overlay.Spec.Requirements {
		alone := v1alpha1.NodeOverlay{}
		alone.Spec.Requirements = []v1alpha1.NodeSelectorRequirement{requirement}
		found.check(fmt.Sprintf("spec.requirements[%d]", index), func() error { return alone.RuntimeValidate(ctx) })
	}
	for name, amount := range overlay.Spec.Capacity {
		alone := v1alpha1.NodeOverlay{}
		alone.Spec.Capacity = corev1.ResourceList{name: amount}
		found.check("spec.capacity."+string(name), func() error { return alone.RuntimeValidate(ctx) })
	}
	for field, change := range map[string]*string{"price": overlay.Spec.Price, "priceAdjustment": overlay.Spec.PriceAdjustment} {
		found.check("spec."+field, func() error {
			if change != nil {
				cloudprovider.AdjustedPrice(1, *change)
			}
			return nil
		})
	}
}

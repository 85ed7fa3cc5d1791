package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"net"
	"time"

	"github.com/spf13/pflag"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	utilerrors "k8s.io/apimachinery/pkg/util/errors"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/apiserver/pkg/util/compatibility"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	cliflag "k8s.io/component-base/cli/flag"
	"k8s.io/klog/v2"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	apiserveroptions "k8s.io/kubernetes/cmd/kube-apiserver/app/options"
	controllermanager "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	controllermanageroptions "k8s.io/kubernetes/cmd/kube-controller-manager/app/options"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
	scheduleroptions "k8s.io/kubernetes/cmd/kube-scheduler/app/options"
)

// The range that EKS gives to services.
const serviceRange = "172.20.0.0/16"

var firstServiceIP = net.IPv4(172, 20, 0, 1)

// components is what the three programs of Kubernetes need to start.
type components struct {
	files    *credentials
	listener net.Listener
	storage  string
	issuer   string
	failed   chan<- error
}

// startComponents starts them one after the other and returns the version of the API once pods can be made.
func startComponents(ctx context.Context, c components) (string, error) {
	logOnlyTrouble()
	rest.SetDefaultWarningHandler(rest.NoWarnings{})

	// Flags are the stable interface of these programs. All are read before anything starts, because they share one
	// set of feature gates.
	api := apiserveroptions.NewServerRunOptions()
	if err := parse(api.Flags(), c.apiserverFlags()); err != nil {
		return "", err
	}
	api.SecureServing.Listener = c.listener
	manager, err := controllermanageroptions.NewKubeControllerManagerOptions()
	if err != nil {
		return "", err
	}
	all, disabled, aliases := controllermanager.KnownControllers(), controllermanager.ControllersDisabledByDefault(), controllermanager.ControllerAliases()
	managerFlags := manager.Flags(all, disabled, aliases)
	if err := parse(managerFlags, c.controllerManagerFlags()); err != nil {
		return "", err
	}
	manager.ParsedFlags = &managerFlags
	schedule := scheduleroptions.NewOptions()
	if err := parse(*schedule.Flags, c.schedulerFlags()); err != nil {
		return "", err
	}
	if err := compatibility.DefaultComponentGlobalsRegistry.Set(); err != nil {
		return "", err
	}

	completed, err := api.Complete(ctx)
	if err != nil {
		return "", err
	}
	if errs := completed.Validate(); len(errs) != 0 {
		return "", utilerrors.NewAggregate(errs)
	}
	c.run("kube-apiserver", func() error { return apiserver.Run(ctx, completed) })
	config, err := clientcmd.BuildConfigFromFlags("", c.files.admin.kubeconfig)
	if err != nil {
		return "", err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return "", err
	}
	if err := untilReady(ctx, client); err != nil {
		return "", fmt.Errorf("kube-apiserver is not ready: %w", err)
	}

	managerConfig, err := manager.Config(ctx, all, disabled, aliases)
	if err != nil {
		return "", err
	}
	c.run("kube-controller-manager", func() error { return controllermanager.Run(ctx, managerConfig.Complete()) })
	schedulerConfig, profiles, err := scheduler.Setup(ctx, schedule)
	if err != nil {
		return "", err
	}
	c.run("kube-scheduler", func() error { return scheduler.Run(ctx, schedulerConfig, profiles) })
	if err := untilPodsCanBeMade(ctx, client); err != nil {
		return "", fmt.Errorf("the controllers do not work: %w", err)
	}

	version, err := client.Discovery().ServerVersion()
	if err != nil {
		return "", err
	}
	return version.GitVersion, nil
}

func (c components) apiserverFlags() []string {
	return []string{
		"--advertise-address=127.0.0.1",
		"--bind-address=127.0.0.1",
		fmt.Sprintf("--secure-port=%d", c.listener.Addr().(*net.TCPAddr).Port),
		"--tls-cert-file=" + c.files.server.certificate,
		"--tls-private-key-file=" + c.files.server.key,
		"--client-ca-file=" + c.files.authority,
		"--requestheader-client-ca-file=" + c.files.authority,
		"--requestheader-allowed-names=front-proxy",
		"--requestheader-username-headers=X-Remote-User",
		"--requestheader-group-headers=X-Remote-Group",
		"--requestheader-extra-headers-prefix=X-Remote-Extra-",
		"--proxy-client-cert-file=" + c.files.frontProxy.certificate,
		"--proxy-client-key-file=" + c.files.frontProxy.key,
		"--service-account-issuer=" + c.issuer,
		"--service-account-key-file=" + c.files.serviceAccountKey,
		"--service-account-signing-key-file=" + c.files.serviceAccountKey,
		"--authorization-mode=Node,RBAC",
		"--enable-admission-plugins=NodeRestriction",
		"--allow-privileged=true",
		"--service-cluster-ip-range=" + serviceRange,
		// The endpoints of the service `kubernetes` may not be on loopback, and no pod could reach them anyway.
		"--endpoint-reconciler-type=none",
		"--etcd-servers=" + c.storage,
	}
}

func (c components) controllerManagerFlags() []string {
	return []string{
		"--kubeconfig=" + c.files.controllerManager.kubeconfig,
		"--root-ca-file=" + c.files.authority,
		"--service-account-private-key-file=" + c.files.serviceAccountKey,
		"--use-service-account-credentials=true",
		"--leader-elect=false",
		"--secure-port=0",
		// What deals with volumes or with certificates of kubelets, neither of which there are.
		"--controllers=*,-persistentvolume-attach-detach-controller,-persistentvolume-expander-controller," +
			"-certificatesigningrequest-approving-controller,-certificatesigningrequest-cleaner-controller," +
			"-certificatesigningrequest-signing-controller",
		// The client-side limit of the real default (20 a second) would only make tests wait.
		"--kube-api-qps=200",
		"--kube-api-burst=400",
	}
}

func (c components) schedulerFlags() []string {
	return []string{
		"--kubeconfig=" + c.files.scheduler.kubeconfig,
		"--leader-elect=false",
		"--secure-port=0",
	}
}

// run runs one of the programs for good: its end, whatever the reason, is a failure.
func (c components) run(name string, program func() error) {
	go func() {
		err := program()
		c.failed <- fmt.Errorf("%s ended: %v", name, err)
	}()
}

func parse(sets cliflag.NamedFlagSets, arguments []string) error {
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	for _, set := range sets.FlagSets {
		flags.AddFlagSet(set)
	}
	return flags.Parse(arguments)
}

// untilReady waits for the API's own checks, which include the built-in roles.
func untilReady(ctx context.Context, client kubernetes.Interface) error {
	var last error
	err := wait.PollUntilContextTimeout(ctx, 50*time.Millisecond, time.Minute, true, func(ctx context.Context) (bool, error) {
		last = client.Discovery().RESTClient().Get().AbsPath("/readyz").Do(ctx).Error()
		return last == nil, nil
	})
	if err != nil && last != nil {
		return last
	}
	return err
}

// untilPodsCanBeMade waits for the first thing that every pod needs and that a controller makes.
func untilPodsCanBeMade(ctx context.Context, client kubernetes.Interface) error {
	return wait.PollUntilContextTimeout(ctx, 50*time.Millisecond, time.Minute, true, func(ctx context.Context) (bool, error) {
		_, err := client.CoreV1().ServiceAccounts("default").Get(ctx, "default", metav1.GetOptions{})
		if apierrors.IsNotFound(err) {
			return false, nil
		}
		return err == nil, err
	})
}

// logOnlyTrouble keeps errors. What these programs tell otherwise, warnings included, is the same few hundred lines each time.
func logOnlyTrouble() {
	flags := flag.NewFlagSet("", flag.ContinueOnError)
	klog.InitFlags(flags)
	_ = flags.Set("logtostderr", "false")
	_ = flags.Set("stderrthreshold", "ERROR")
	klog.SetOutput(io.Discard)
}

/** What the controller may do because node classes, or an input, name a parameter or a key, and what it may not. */
import { ACCOUNT } from "../support/fixtures";
import { allows, refusals } from "../support/iam/account";
import { ask } from "../support/iam/calls";
import type { More } from "../support/iam/installation";
import { installationOf } from "../support/iam/installation";

const OTHER = "444455556666";

describe.each([
  ["aws", "eu-north-1", "amazonaws.com"],
  ["aws-cn", "cn-north-1", "amazonaws.com"],
  ["aws-cn", "cn-north-1", "amazonaws.com.cn"],
] as const)("in %s, %s, where KMS knows EC2 under %s,", (partition, region, suffix) => {
  const parameter = (name: string, account = ACCOUNT, from: string = region) =>
    `arn:${partition}:ssm:${from}:${account}:parameter/${name}`;
  const keyArn = (id: string, account = ACCOUNT) => `arn:${partition}:kms:${region}:${account}:key/${id}`;
  const KEYS = [keyArn("named"), keyArn("given", OTHER)];
  const PARAMETERS = [parameter("golden/eks"), parameter("golden/shared", OTHER)];
  const installation = (more: More = {}) =>
    installationOf({ karpenterVersion: "1.14.3", partition, instanceProfileMode: "terraform" }, more);
  const named = installation({
    nodeClasses: {
      default: {
        amiFamily: "AL2023",
        amiSelectorTerms: [{ ssmParameter: "/golden/eks" }],
        blockDeviceMappings: [
          { deviceName: "/dev/xvda", ebs: { encrypted: true, kmsKeyID: "named", volumeSize: "20Gi" } },
        ],
      },
    },
    amiParameterArns: [PARAMETERS[1]],
    ebsKmsKeyArns: [KEYS[1]],
  });
  const read = (arn: string) => [ask(named.place, "ssm:GetParameter", arn)];
  const via = (service: string) => ({ "kms:ViaService": service });
  const EC2 = `ec2.${region}.${suffix}`;
  const use = (arn: string, context: object = via(EC2)) =>
    ["Decrypt", "DescribeKey", "GenerateDataKeyWithoutPlaintext", "ReEncryptFrom", "ReEncryptTo"].map((action) =>
      ask(named.place, `kms:${action}`, arn, { ...context }),
    );
  const grant = (arn: string, context: object = {}) => [
    ask(named.place, "kms:CreateGrant", arn, { ...via(EC2), "kms:GrantIsForAWSResource": "true", ...context }),
  ];

  test("the controller reads the parameters, and EC2 uses the keys for it", () => {
    const calls = [...PARAMETERS.map(read), ...KEYS.map((key) => use(key)), ...KEYS.map((key) => grant(key))];
    expect(calls.flatMap((call) => refusals(named.account, call))).toEqual([]);
  });

  test("it reads no others, and uses the keys in no other way", () => {
    const [key] = KEYS;
    const attacks = {
      "a parameter beside it": read(parameter("golden/eks-2")),
      "a parameter below it": read(parameter("golden/eks/password")),
      "a parameter of its name in another account": read(parameter("golden/eks", OTHER)),
      "a parameter of its name in another region": read(parameter("golden/eks", ACCOUNT, "us-west-2")),
      "writing the parameter": [ask(named.place, "ssm:PutParameter", PARAMETERS[0])],
      "another key": use(keyArn("other")).slice(0, 1),
      "the key of its id in another account": use(keyArn("named", OTHER)).slice(0, 1),
      "the key by itself": use(key, {}).slice(0, 1),
      "the key through EC2 of another region": use(key, via(`ec2.us-west-2.${suffix}`)).slice(0, 1),
      "the key through another service": use(key, via(`s3.${region}.${suffix}`)).slice(0, 1),
      "encrypting with the key": [ask(named.place, "kms:Encrypt", key, via(EC2))],
      "handing the key to others by itself": grant(key, { "kms:ViaService": "x", "kms:GrantIsForAWSResource": "true" }),
      "handing the key to what is no service": grant(key, { "kms:GrantIsForAWSResource": "false" }),
      "deleting the key": [ask(named.place, "kms:ScheduleKeyDeletion", key, via(EC2))],
    };
    expect(Object.entries(attacks).filter(([, call]) => allows(named.account, call))).toEqual([]);
  });

  test("without them, it may do none of it", () => {
    const { account } = installation();
    const calls = [
      ...PARAMETERS.map(read),
      ...KEYS.map((key) => use(key).slice(0, 1)),
      ...KEYS.map((key) => grant(key)),
    ];
    expect(calls.filter((call) => allows(account, call))).toEqual([]);
  });
});

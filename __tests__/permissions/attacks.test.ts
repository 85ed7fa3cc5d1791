import { allows, refusals } from "../support/iam/account";
import { ATTACKS } from "../support/iam/attacks";
import type { Attack } from "../support/iam/attacks";
import { sending } from "../support/iam/attacks/queue";
import { asNode, onFargate, withPodIdentity, withToken } from "../support/iam/attacks/trust";
import { onExisting } from "../support/iam/calls";
import { everydayCalls, instance } from "../support/iam/everyday-calls";
import type { Installation } from "../support/iam/installation";
import { installationOf } from "../support/iam/installation";

const INSTALLATIONS = ["0.35.12", "1.0.14", "1.14.3", "1.15.1"].flatMap((karpenterVersion) =>
  (["aws", "aws-cn"] as const).flatMap((partition) =>
    (["terraform", "karpenter"] as const).map((instanceProfileMode) => ({
      karpenterVersion,
      partition,
      instanceProfileMode,
    })),
  ),
);

describe.each(INSTALLATIONS)(
  "the policies for Karpenter $karpenterVersion in $partition, where $instanceProfileMode makes instance profiles,",
  (options) => {
    let installation: Installation;

    beforeAll(() => {
      installation = installationOf(options);
    });

    test("let the controller do what it does", () => {
      const refused = Object.entries(everydayCalls(installation)).map(
        ([name, call]) => [name, refusals(installation.account, call)] as const,
      );
      expect(refused.filter(([, questions]) => questions.length > 0)).toEqual([]);
    });

    test("let EventBridge, the service account, Pod Identity, Fargate and EC2 do what they do", () => {
      const calls = [sending, withToken, withPodIdentity, onFargate, asNode];
      expect(calls.flatMap((call) => refusals(installation.account, call(installation)))).toEqual([]);
    });

    describe.each(Object.entries(ATTACKS))("against %s", (_, attacksOn) => {
      const namesOf = (attacks: readonly Attack[]) => attacks.map(({ name }) => name);

      test("allow no attack", () => {
        expect(namesOf(attacksOn(installation).filter(({ call }) => allows(installation.account, call)))).toEqual([]);
      });

      test("allow each attack once what keeps it out is gone, and not before all of it is", () => {
        const loosened = ({ keptOutBy }: Attack, except?: number) =>
          keptOutBy
            .filter((_, index) => index !== except)
            .reduce((account, loosening) => loosening(account), installation.account);
        const attacks = attacksOn(installation);
        expect(namesOf(attacks.filter((attack) => !allows(loosened(attack), attack.call)))).toEqual([]);
        const open = attacks.filter(({ call, ...attack }) =>
          attack.keptOutBy.some((_, index) => allows(loosened({ call, ...attack }, index), call)),
        );
        expect(namesOf(open)).toEqual([]);
      });
    });
  },
);

test("IAM does not mind the case of a tag's key, as docs/security.md says", () => {
  const installation = installationOf({
    karpenterVersion: "1.14.3",
    partition: "aws",
    instanceProfileMode: "terraform",
  });
  const { account, place, nodeTags } = installation;
  const tags = Object.fromEntries(Object.entries(nodeTags).map(([key, value]) => [key.toUpperCase(), value]));
  expect(allows(account, onExisting(place, "ec2:TerminateInstances", instance(tags)))).toBe(true);
});

test("there are attacks of every kind, each under a name of its own", () => {
  const newest = { karpenterVersion: "1.15.1", partition: "aws", instanceProfileMode: "karpenter" } as const;
  const installation = installationOf(newest);
  const names = Object.values(ATTACKS).map((attacksOn) => attacksOn(installation).map(({ name }) => name));
  expect(new Set(names.flat()).size).toBe(names.flat().length);
  expect(Math.min(...names.map(({ length }) => length))).toBeGreaterThan(10);
  expect(names.flat().length).toBeGreaterThan(200);
});

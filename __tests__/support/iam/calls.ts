/**
 * What AWS asks IAM about a call: an action on each resource, with the condition keys that the service sends along.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/
 */
import type { RequestContext } from "./conditions";
import type { AccessRequest, Principal } from "./simulator";

/** Tags by key. */
export type Tags = Readonly<Record<string, string>>;

/** Where a call is made, and by whom. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly principal: Principal;
}

/** Something that EC2 has already, with its tags. */
export interface Existing {
  readonly type: string;
  readonly id: string;
  readonly tags?: Tags;
}

/** A launch: what is made with which tags, and what it is made from. */
export interface Launch {
  /** The tags of each kind of resource that is made: `instance`, `volume` … */
  readonly made: Readonly<Record<string, Tags>>;
  readonly from: readonly Existing[];
  /** The role of the instance profile; none where the profile has none. */
  readonly roleArn?: string;
}

/** The kinds of resources that CreateFleet asks about by itself; RunInstances asks about all others. */
const OF_CREATE_FLEET = [
  "capacity-reservation",
  "image",
  "instance",
  "launch-template",
  "placement-group",
  "subnet",
  "volume",
];

/** The ARN of something in EC2; images and snapshots belong to no account. */
export function ec2Arn({ partition, region, accountId }: Place, type: string, id: string): string {
  return `arn:${partition}:ec2:${region}:${["image", "snapshot"].includes(type) ? "" : accountId}:${type}/${id}`;
}

/** Any call about one resource. */
export function ask(place: Place, action: string, resource: string, context: RequestContext = {}): AccessRequest {
  return {
    principal: place.principal,
    action,
    resource,
    context: { "aws:RequestedRegion": place.region, "aws:SecureTransport": "true", ...context },
  };
}

/** CreateFleet of instances at once, by which the controller launches: RunInstances is asked for with it. */
export function createFleet(place: Place, { made, from, roleArn }: Launch): AccessRequest[] {
  const { fleet = {}, ...ofInstances } = made;
  const isOfFleet = ([type]: readonly [string, unknown]) => OF_CREATE_FLEET.includes(type);
  return [
    ...making(place, "ec2:CreateFleet", {
      fleet,
      ...Object.fromEntries(Object.entries(ofInstances).filter(isOfFleet)),
    }),
    ...from
      .filter(({ type }) => OF_CREATE_FLEET.includes(type))
      .map((existing) => using(place, "ec2:CreateFleet", existing)),
    ...tagging(place, "CreateFleet", { fleet }),
    ...runInstances(place, { made: ofInstances, from, roleArn }),
  ];
}

/** RunInstances, with a launch template or without. */
export function runInstances(place: Place, { made, from, roleArn }: Launch): AccessRequest[] {
  return [
    ...making(place, "ec2:RunInstances", made),
    ...from.map((existing) => using(place, "ec2:RunInstances", existing)),
    ...tagging(place, "RunInstances", made),
    ...(roleArn === undefined ? [] : [passRole(place, roleArn)]),
  ];
}

/** CreateLaunchTemplate. */
export function createLaunchTemplate(place: Place, tags: Tags): AccessRequest[] {
  const made = { "launch-template": tags };
  return [...making(place, "ec2:CreateLaunchTemplate", made), ...tagging(place, "CreateLaunchTemplate", made)];
}

/** A call about things that EC2 has already: `ec2:TerminateInstances` and the like. */
export function onExisting(place: Place, action: string, ...resources: readonly Existing[]): AccessRequest[] {
  return resources.map((existing) => using(place, action, existing));
}

/** CreateTags on something that EC2 has already. */
export function tag(place: Place, existing: Existing, tags: Tags): AccessRequest[] {
  const { resource, context } = using(place, "ec2:CreateTags", existing);
  return [ask(place, "ec2:CreateTags", resource, { ...context, ...requestTags(tags) })];
}

/** A call about an instance profile; the one that puts a role into it passes the role to EC2. */
export function onProfile(
  place: Place,
  action: string,
  profile: { readonly name: string; readonly tags?: Tags },
  given: { readonly tags?: Tags; readonly roleArn?: string } = {},
): AccessRequest[] {
  const arn = `arn:${place.partition}:iam::${place.accountId}:instance-profile/${profile.name}`;
  return [
    ask(place, action, arn, { ...resourceTags(profile.tags), ...(given.tags && requestTags(given.tags)) }),
    ...(given.roleArn === undefined ? [] : [passRole(place, given.roleArn)]),
  ];
}

/** PassRole, which no call is named for: launching an instance and filling an instance profile ask for it. */
export function passRole(
  place: Place,
  roleArn: string,
  service: string | undefined = "ec2.amazonaws.com",
): AccessRequest {
  return ask(place, "iam:PassRole", roleArn, service === "" ? {} : { "iam:PassedToService": service });
}

/** Tags but one. */
export function except(key: string, tags: Tags): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([each]) => each !== key));
}

/** Tags as condition keys of what a request makes or tags. */
export function requestTags(tags: Tags): RequestContext {
  const keys = Object.keys(tags);
  return keys.length === 0
    ? {}
    : { ...Object.fromEntries(keys.map((key) => [`aws:RequestTag/${key}`, tags[key]])), "aws:TagKeys": keys };
}

/** Tags as condition keys of what a request is about. */
export function resourceTags(tags: Tags = {}): RequestContext {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]));
}

function using(place: Place, action: string, { type, id, tags }: Existing): AccessRequest {
  return ask(place, action, ec2Arn(place, type, id), resourceTags(tags));
}

function making(place: Place, action: string, made: Launch["made"]): AccessRequest[] {
  return Object.entries(made).map(([type, tags]) => ask(place, action, ec2Arn(place, type, "*"), requestTags(tags)));
}

/** What is made with tags asks for CreateTags too. */
function tagging(place: Place, createAction: string, made: Launch["made"]): AccessRequest[] {
  return Object.entries(made)
    .filter(([, tags]) => Object.keys(tags).length > 0)
    .map(([type, tags]) =>
      ask(place, "ec2:CreateTags", ec2Arn(place, type, "*"), {
        ...requestTags(tags),
        "ec2:CreateAction": createAction,
      }),
    );
}

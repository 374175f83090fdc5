import { type Guest, Prisma, PrismaClient, type Remark, type Stay } from "@prisma/client";

export type { Rank as Grade, Remark as Note } from "@prisma/client";

const prisma = new PrismaClient();

type Badge = Pick<Guest, "id" | "nick">;

export async function register(nick: string, mail: string, slackRef: string): Promise<Badge> {
  const { id, nick: name } = await prisma.guest.create({ data: { nick, mail, slackRef } });
  return { id, nick: name };
}

export async function find(nick: string, slackRef: string): Promise<string | undefined> {
  const guest = await prisma.guest.findUnique({
    where: { nick_slackRef: { nick, slackRef } },
    include: { stays: { orderBy: { guestId: "asc" }, include: { notes: true } } },
  });
  const remarks: Remark[] = guest?.stays.flatMap((stay) => stay.notes) ?? [];
  return remarks.map((each) => `${guest?.["nick"]}: ${each.body}`).at(0);
}

export const label = ({ nick, slackRef = "none" }: Guest): string => `${nick} (${slackRef})`;

export const byGuest = () => prisma.stay.groupBy({ by: ["guestId"], _sum: { nights: true } });

export const ofGuest = (guestId: number): Prisma.StayWhereInput => ({ guestId, guest: { nick: { not: "" } } });

export async function move(stay: { id: number }, guest: Guest): Promise<void> {
  await prisma.stay.update({ where: { id: stay.id }, data: { guest: { connect: { id: guest.id } } } });
  await prisma.remark.deleteMany({ where: { stay: { guestId: guest.id } } satisfies Prisma.RemarkWhereInput });
}

export const said = ({ body: words, stayId }: Remark): string => `${stayId}: ${words}`;

export const say = (stayId: number, body: string) => prisma.remark.create({ data: { stayId, body } });

type Noted = Prisma.StayGetPayload<{ include: { guest: { select: { nick: true } }; notes: { select: { body: true } } } }>;

export const shown = ({ guest: { nick }, notes: [{ body: first }] }: Noted): string => `${nick}: ${first}`;

export const bare = ({ id, nick, ...rest }: Omit<Guest, "mail">): Omit<Guest, "id" | "mail" | "nick"> => rest;

function pluck<T, K extends keyof T>(rows: T[], ...keys: K[]): T[K][] {
  return rows.flatMap((row) => keys.map((key) => row[key]));
}

export const named = (guests: Guest[]): string[] => pluck(guests, "mail", "nick");

export const sorted = (key: keyof Guest): Prisma.GuestOrderByWithRelationInput =>
  key === "slackRef" ? { slackRef: "asc" } : { [key]: "desc" };

export const columns = ["nick", "mail"] as const satisfies readonly Prisma.GuestScalarFieldEnum[];

export const column = Prisma.RemarkScalarFieldEnum.body;

export async function latest(): Promise<number> {
  const { _max, _count } = await prisma.stay.aggregate({ _max: { guestId: true }, _count: { guestId: true } });
  return (_max.guestId ?? 0) + _count.guestId;
}

export const extended = prisma.$extends({
  result: {
    guest: { label: { needs: { nick: true, mail: true }, compute: (guest) => `${guest.nick} <${guest.mail}>` } },
    remark: { start: { needs: { body: true }, compute: ({ body }) => body.slice(0, 10) } },
  },
});

export const labels = async (): Promise<string[]> => {
  const guests = await extended.guest.findMany({ include: { stays: { include: { notes: true } } } });
  return guests.flatMap((guest) => [guest.label, ...guest.stays.flatMap((stay) => stay.notes.map(({ start }) => start))]);
};

export async function reserve(guestId: number, nights: number): Promise<void> {
  const data = { guestId, nights };
  await prisma.stay.create({ data });
}

export const noted = (key: "id" | "mail", guest: Guest | Stay): string => ("mail" in guest && key in guest ? guest.mail : "");

export const filtered = (nick?: string, body?: string): Prisma.GuestWhereInput => ({
  ...(nick && { nick }),
  ...(body && { stays: { some: { notes: { some: { body } } } } }),
});

export const joined = (stay: Stay, guest: Guest): string => ({ ...stay, ...guest }).nick;

class Holder<T> {
  constructor(protected readonly row: T) {}

  get<K extends keyof T>(key: K): T[K] {
    return this.row[key];
  }
}

export class Held extends Holder<Guest> {
  shown(): string {
    return this.get("nick") + this.row.slackRef;
  }
}

export const weights = { nick: 2, mail: 1 } satisfies Partial<Record<keyof Guest, number>>;

export const heaviest: keyof Guest & string = "nick";

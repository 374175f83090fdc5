import { type Guest, type Prisma, PrismaClient, type Remark } from "@prisma/client";

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

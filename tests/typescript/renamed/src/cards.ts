import { type Guest, PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();

// A type that only guests are given calls things as they do.
interface Card {
  nick: string;
  mail: string;
}

interface Row {
  guest: { nick: string };
  nights: number;
}

const card = ({ nick, mail }: Card): string => `${nick} <${mail}>`;

const initial = (guest: Card): string => guest.nick.charAt(0);

export const shown = (guest: Guest): string => card(guest) + initial({ nick: guest.nick, mail: "" });

export const listed = async (): Promise<string[]> => (await prisma.guest.findMany()).map(card);

const line = ({ guest, nights }: Row): string => `${guest.nick}: ${nights}`;

export async function lines(): Promise<string[]> {
  const stays = await prisma.stay.findMany({ include: { guest: { select: { nick: true } } } });
  return stays.map((stay) => line({ guest: stay.guest, nights: stay.nights }));
}

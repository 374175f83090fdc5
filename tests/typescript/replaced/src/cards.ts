import { Prisma, PrismaClient, type Reader } from "@prisma/client";

const prisma = new PrismaClient();

interface Card {
  name: string;
  card: string;
  nickname?: string | null;
}

const shown = (card: Card): string => card.name;

export async function showAll(id: number): Promise<string[]> {
  const reader = await prisma.reader.findUniqueOrThrow({ where: { id } });
  shown(reader);
  const cards: Card[] = await prisma.reader.findMany();
  const first: Card = { ...reader, name: "first" };
  const own: Card = { ...reader, card: "own" };
  const loans = await prisma.loan.findMany({ include: { reader: true } });
  const taken: { reader: Card }[] = loans;
  return [first, own, ...cards, ...taken.map((loan) => loan.reader)].map(shown);
}

export const counted = (Reader: Reader[]): Reader | undefined => Reader.find((each) => each.card === "1");

export const fields = Prisma.validator<Prisma.ReaderSelect>()({ id: true, nickname: true });

export const shelves = () =>
  prisma.shelf.findMany({ select: { _count: { select: { loans: { where: { shelfId: 1 } } } } } });

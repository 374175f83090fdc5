import { type Level, type Prisma, PrismaClient, type Reader, type Receipt } from "@prisma/client";
import type { Again, Kept } from "./barrel";

const prisma = new PrismaClient();

export const readerOf = (id: number) =>
  prisma.loan.findUnique({ where: { id } }).reader({ select: { id: true, nickname: true } });

export const codeOf = async (id: number) => {
  const receipt = await prisma.loan.findUniqueOrThrow({ where: { id } }).receipt();
  return parseInt(receipt?.code ?? "0");
};

export const parsed = (receipt: Receipt): unknown => JSON.parse(receipt.code || "{}");

export const sum = (receipts: Receipt[]) => receipts.reduce((total, { code }) => total + parseInt(code), 0);

export function decoded(receipt: Receipt): string {
  const text = receipt.code;
  return decodeURIComponent(text);
}

export const dated = (receipt: Receipt) => new Date(receipt.code);

export const between = () => prisma.receipt.findMany({ where: { code: { gt: "a" } } });

export const among = () => prisma.receipt.findMany({ where: { code: { in: ["a", "b"] } } });

const LEVELS = { plain: "BASIC", best: "GOLD" } as const;

export const raise = (id: number, name: string) =>
  prisma.reader.update({ where: { id }, data: { level: LEVELS[name as "plain" | "best"] } });

export const lower = (id: number) => prisma.reader.update({ where: { id }, data: { level: LEVELS.plain } });

export interface Member {
  id: number;
  level: Level;
}

export const isBest = (members: Member[]) => members.find((each) => each.id === 1)?.level === "GOLD";

export const prices: Record<Level, number> = {
  BASIC: 1,
  PLUS: 2,
  GOLD: 3,
};

const mark = (level: Level): string => level;

export const marked = () => mark("GOLD");

export const isGolden = ({ level }: Reader) => level === "GOLD";

type Loaded<T> = T extends { full: true } ? (Reader & { all: string[] }) | null : Reader | null;

export const shown = (reader: Loaded<{ full: true }>) => reader?.nickname;

export type BadgeInput = Prisma.BadgeCreateNestedOneWithoutReaderInput;

export type LoanInput = Prisma.LoanCreateWithoutShelfInput;

export const kept = (reader: Kept.Reader) => reader.nickname;

export const again = (reader: Again.Reader) => reader.card;

export const bySlip = (loanId: number) => prisma.receipt.findUnique({ where: { slip: { code: "a", loanId } } });

export const colors: Record<Level | "none", string> = {
  BASIC: "grey",
  PLUS: "blue",
  GOLD: "gold",
  none: "white",
};

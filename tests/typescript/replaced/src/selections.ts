import { Prisma, PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();

const loanOfNickname = {
  id: true,
  reader: { select: { nickname: true } },
} satisfies Prisma.LoanSelect;

const loanOfName = {
  id: true,
  reader: { select: { nickname: true, name: true } },
} satisfies Prisma.LoanSelect;

export type LoanOfNickname = Prisma.LoanGetPayload<{ select: typeof loanOfNickname }>;

export type LoanOfName = Prisma.LoanGetPayload<{ select: typeof loanOfName }>;

export const nicknames = () => prisma.loan.findMany({ select: loanOfNickname });

export const names = () => prisma.loan.findMany({ select: loanOfName });

export async function code(id: number) {
  const loan = await prisma.loan.findUniqueOrThrow({ where: { id }, include: { receipt: true } });
  return loan.receipt?.code.trim();
}

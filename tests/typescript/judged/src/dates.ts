import type { Receipt } from "@prisma/client";

import { prisma } from "./db";

interface Paid {
  paidAt: Date;
}
const format = (date: Date): string => date.toISOString();

export class Payment {
  readonly at: Date;

  constructor(receipt: Receipt) {
    this.at = receipt.paidAt;
  }
}

export async function payments(): Promise<Paid[]> {
  const receipts = await prisma.receipt.findMany({ orderBy: { paidAt: "asc" } });
  const last: Date = receipts[0].paidAt;
  const days = new Map<string, Date>();
  days.set(format(receipts[0].paidAt), last);
  if (receipts[0].paidAt) format(receipts[0].paidAt);
  return receipts.map(({ paidAt }) => ({ paidAt }));
}

export const whole = (receipt: Receipt): Paid => receipt;

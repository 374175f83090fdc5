import { Prisma } from "@prisma/client";

import { prisma } from "./db";

export const extended = prisma.$extends({
  result: {
    receipt: {
      year: { needs: { paidAt: true }, compute: (receipt) => receipt.paidAt.getFullYear() },
      day: {
        needs: { paidAt: true, number: true },
        compute(receipt) {
          return `${receipt.number} ${receipt.paidAt.toDateString()}`;
        },
      },
    },
    order: {
      account: {
        needs: { accountId: true },
        compute: ({ accountId }) => accountId.toFixed(),
      },
    },
  },
  query: {
    order: {
      async findMany({ args, query }) {
        args.where = { ...args.where, total: { gt: 0 } };
        return query(args);
      },
      async create({ args, query }) {
        args.data.number = args.data.number.trim();
        return query(args);
      },
    },
  },
});
export const extension = Prisma.defineExtension({
  result: { receipt: { month: { needs: { paidAt: true }, compute: ({ paidAt }) => paidAt.getMonth() } } },
});

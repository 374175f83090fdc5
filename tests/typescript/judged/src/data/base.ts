import type { Prisma, PrismaClient } from "@prisma/client";

export abstract class BaseRepository {
  constructor(protected readonly client: PrismaClient) {}
  protected get orders() {
    return this.client.order;
  }
}

export class OrderStore extends BaseRepository {
  async add(data: Prisma.OrderUncheckedCreateInput) {
    return this.orders.create({ data });
  }
  async addFor(customerId: string, accountId: number, number: string) {
    return this.orders.create({ data: { customerId, accountId, number } });
  }
  list(where: Prisma.OrderWhereInput = {}, include?: Prisma.OrderInclude) {
    return this.client.order.findMany({ where, include });
  }
  one(id: number) {
    return this.client.order.findUnique({ where: { id }, include: { account: { include: { shop: true } } } });
  }
}

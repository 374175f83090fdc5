import type { Provider } from "@prisma/client";
import { prisma } from "../../../database/src/client";

export class ProvidersService {
  async getProviderByName(name: string): Promise<Provider | null> {
    return prisma.provider.findUnique({ where: { name } });
  }

  async addProvider(name: string): Promise<Provider> {
    return prisma.provider.create({ data: { name } });
  }
}

export const providerService = new ProvidersService();

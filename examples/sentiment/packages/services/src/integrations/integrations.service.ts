import type { Integration } from "@prisma/client";
import { prisma } from "../../../database/src/client";

export class IntegrationUnavailableError extends Error {
  constructor(readonly id: number) {
    super(`The connected account ${id} cannot be used`);
    this.name = "IntegrationUnavailableError";
  }
}

export class IntegrationsService {
  async getUserIntegrationByName(userId: string, provider: string): Promise<Integration | null> {
    return prisma.integration.findFirst({ where: { userId, provider: { name: provider } } });
  }

  async getIntegration(id: number): Promise<Integration | null> {
    return prisma.integration.findUnique({ where: { id, isActive: true } });
  }

  async connect(userId: string, providerId: number, accessToken: string): Promise<Integration> {
    return prisma.integration.create({ data: { userId, providerId, accessToken } });
  }
}

export const integrationsService = new IntegrationsService();

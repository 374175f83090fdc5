import type { Integration } from "@prisma/client";
import { prisma } from "../../../database/src/client";

export class IntegrationUnavailableError extends Error {
  constructor(readonly provider: string) {
    super(`The connected ${provider} account cannot be used`);
    this.name = "IntegrationUnavailableError";
  }
}

export class IntegrationsService {
  async getUserIntegrationByName(userId: string, provider: string): Promise<Integration | null> {
    return prisma.integration.findFirst({ where: { userId, provider: { name: provider } } });
  }

  async connect(userId: string, providerId: number, accessToken: string): Promise<Integration> {
    return prisma.integration.create({ data: { userId, providerId, accessToken } });
  }
}

export const integrationsService = new IntegrationsService();

"use server";

import { TaskType } from "@prisma/client";
import { integrationsService, taskService, UnsupportedProviderError, urlParserService } from "../../../packages/services/src";

export type AnalysisResult = { taskId: number; error: null } | { taskId: null; error: string };

export async function analyzeUrl(userId: string, address: string): Promise<AnalysisResult> {
  try {
    const parsed = urlParserService.parse(address);
    const integration = await integrationsService.getUserIntegrationByName(userId, parsed.provider);

    const task = await taskService.createTask({
      userId,
      integrationId: integration?.id ?? 0,
      type: TaskType.ANALYZE_POST,
      url: parsed.url,
    });
    return { taskId: task.id, error: null };
  } catch (error) {
    if (error instanceof UnsupportedProviderError) {
      return { taskId: null, error: "This site is not supported." };
    }
    return { taskId: null, error: "The analysis could not be started." };
  }
}

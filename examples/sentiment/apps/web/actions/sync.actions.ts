"use server";

import { TaskType } from "@prisma/client";
import { taskService } from "../../../packages/services/src";

export async function startSync(userId: string, integrationId: number): Promise<number> {
  const task = await taskService.createTask({ userId, integrationId, type: TaskType.FULL_SYNC });
  return task.id;
}

export async function startSyncFromForm(userId: string, form: Map<string, string>): Promise<number> {
  return startSync(userId, Number(form.get("integrationId")));
}

export * from "./integrations/integrations.service";
export * from "./posts/posts.service";
export * from "./providers/providers.service";
export * from "./queue/queue.service";
export * from "./tasks/tasks.service";
export * from "./urls/url-parser";

import type { OperationContext } from "./context.ts";
import { createParticipantAddition, createParticipantEdit } from "./participantWrites.ts";
import { createSessionCreation, createSessionEdit } from "./sessionWrites.ts";
import type { OperationWrite } from "./writeResults.ts";

/** Prepares a write. @throws ProxyError 400 if its body is not valid. */
export function prepareWrite(context: OperationContext): OperationWrite {
  switch (context.operation) {
    case "createSession":
      return createSessionCreation(context);
    case "addSessionParticipant":
      return createParticipantAddition(context);
    case "updateSession":
    case "deleteSession":
      return createSessionEdit(context);
    default:
      return createParticipantEdit(context);
  }
}

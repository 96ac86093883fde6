import { listParticipants } from "../../api/participants.ts";
import { GetSessionParams, ListSessionsParams } from "../../api/requests.ts";
import { getSession } from "../../api/sessions.ts";
import { type OperationContext, readOptions, readTargetParticipant } from "./context.ts";
import { parseQuery, validate } from "./validation.ts";

/** Performs a read, and returns the body of the response. @throws ProxyError or CoviuError */
export async function performRead(context: OperationContext): Promise<object> {
  const { operation, client, authorization, handles, id, query } = context;
  if (operation === "getSessionPage") {
    const params = validate(ListSessionsParams, parseQuery(query));
    await authorization.assertAllowed(operation, { params });
    const page = await context.listPage(params);
    return { ...page, content: await Promise.all(page.content.map(handles.toBrowserSession)) };
  }
  if (operation === "getSessionParticipant") {
    const { participant, session } = await readTargetParticipant(context);
    await authorization.assertAllowed(operation, { session, participant });
    return handles.toBrowserParticipant(participant);
  }
  const params = validate(GetSessionParams, parseQuery(query));
  const session = await getSession(client, id, params, readOptions(context));
  await authorization.assertAllowed(operation, { session });
  if (operation === "getSessionById") return handles.toBrowserSession(session);
  // Copied field by field: further fields of the service may contain names and entry links.
  const result = await listParticipants(client, id, params, readOptions(context));
  const { content, more, page, page_size, page_count } = result;
  return { content: await Promise.all(content.map(handles.toBrowserParticipant)), more, page, page_size, page_count };
}

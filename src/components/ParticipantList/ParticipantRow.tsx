import type { ReactNode } from "react";

import type { Participant } from "../../api/schemas.ts";
import type { SessionTimes } from "../../domain/lifecycle.ts";
import { trustedPictureUrl } from "../../domain/links.ts";
import { isHost, participantRole } from "../../domain/roles.ts";
import { useCoviuSettings } from "../../provider/CoviuProvider.tsx";
import { Avatar } from "../../ui/Avatar.tsx";
import { Button } from "../../ui/Button.tsx";
import { RoleTag } from "../../ui/StatusBadge.tsx";
import { EntryLink } from "../EntryLink/EntryLink.tsx";
import { roleLabel } from "../person/roleLabel.ts";
import type { ParticipantListMessages } from "./messages.ts";
import type { PeopleQuestion } from "./useParticipantList.ts";

export interface ParticipantRowProps {
  person: Participant;
  /** What they are called here: two people of one name are told apart. */
  name: string;
  text: ParticipantListMessages;
  guestNames: readonly string[];
  session: SessionTimes | undefined;
  /** Id of the sentence that says why nothing can change; the link has stopped working then. */
  whyNot: string | undefined;
  onAsk: (question: PeopleQuestion) => void;
}

/** A person with what can be done, and their own link. */
export function ParticipantRow({ person, name, text, guestNames, session, whyNot, onAsk }: ParticipantRowProps) {
  return (
    <li className="coviu-participant">
      <PersonFace person={person} name={name} text={text} hint={whyNot ? undefined : hintFor(person, text)} />
      <div className="coviu-row" data-align="end">
        <Button
          variant="quiet"
          shape="icon"
          size="small"
          icon="edit"
          aria-label={text.editFor(name)}
          reason={whyNot}
          onClick={() => onAsk({ kind: "edit", person })}
        />
        <Button
          variant="quiet"
          shape="icon"
          size="small"
          icon="close"
          data-action="remove"
          aria-label={text.removeFor(name)}
          reason={whyNot}
          onClick={() => onAsk({ kind: "remove", person })}
        />
      </div>
      {/* Staff enter as a host; nobody at the desk enters as a guest by a slip of the hand. */}
      {!whyNot && (
        <EntryLink
          participant={person}
          name={name}
          session={isHost(person) ? session : undefined}
          guestNames={guestNames}
        />
      )}
    </li>
  );
}

export interface PersonFaceProps {
  person: Participant;
  name: string;
  text: ParticipantListMessages;
  hint: ReactNode;
}

/** Picture or initials, name, role and a line about the person. */
export function PersonFace({ person, name, text, hint }: PersonFaceProps) {
  const { pictureHosts } = useCoviuSettings();
  const host = isHost(person);
  return (
    <>
      <Avatar name={name} picture={trustedPictureUrl(person.picture, pictureHosts)} role={host ? "host" : "guest"} />
      <div>
        <p className="coviu-participant-name">
          <bdi className="coviu-text" translate="no">
            {name}
          </bdi>{" "}
          <RoleTag host={host}>{roleLabel(participantRole(person), text)}</RoleTag>
        </p>
        {hint && <p className="coviu-hint">{hint}</p>}
      </div>
    </>
  );
}

function hintFor(person: Participant, text: ParticipantListMessages): string | undefined {
  const role = participantRole(person);
  return role === "HOST" ? text.hostHint : role === "GUEST" ? text.guestHint : undefined;
}

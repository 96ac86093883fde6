import { Source } from "@storybook/addon-docs/blocks";
import { Fragment } from "react";
import tables from "virtual:api-tables";

/** Table of an interface of the kit: name, type, default and description. */
export function TypeTable({ of: name }: { of: string }) {
  const table = tables.types[name];
  if (!table) throw new Error(`No exported interface is called ${name}.`);
  const members = table.members.toSorted((a, b) => Number(b.required) - Number(a.required));
  const isInput = /Props|Options|Settings|Fault$/.test(name);
  const hasDefaults = members.some((member) => member.default);
  return (
    <>
      <table>
        <thead>
          <tr>
            <th>Name</th>
            <th>Type</th>
            {hasDefaults && <th>Default</th>}
            <th>Description</th>
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <tr key={member.name}>
              <td>
                <code>{member.name}</code>
                {isInput && member.required && " (required)"}
              </td>
              <td>
                <code>
                  {member.type}
                  {!isInput && member.mayBeUndefined && " | undefined"}
                </code>
              </td>
              {hasDefaults && <td>{member.default && <Text>{member.default}</Text>}</td>}
              <td>
                <Text>{member.text}</Text>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {table.element && (
        <p>
          Further attributes and <code>ref</code> go to the root, a <code>{`<${table.element}>`}</code>.
        </p>
      )}
    </>
  );
}

/** Reference of a hook: description, signature, examples, and types of parameters and result. */
export function HookReference({ of: name }: { of: string }) {
  const hook = tables.hooks[name];
  if (!hook) throw new Error(`No exported hook is called ${name}.`);
  return (
    <>
      <p>
        <Text>{hook.text}</Text>
      </p>
      <Source code={hook.signature} language="typescript" />
      {hook.examples.map((code) => (
        <Source key={code} code={code} language="tsx" />
      ))}
      {hook.types.map((type) => (
        <Fragment key={type}>
          <h3>{type}</h3>
          <TypeTable of={type} />
        </Fragment>
      ))}
    </>
  );
}

/** Renders text between backticks as code. */
function Text({ children }: { children: string }) {
  return children.split("`").map((part, index) => (index % 2 ? <code key={index}>{part}</code> : part));
}

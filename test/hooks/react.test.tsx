import * as Dialog from "@radix-ui/react-dialog";
import { useQuery, QueryClient } from "@tanstack/react-query";
import { render, renderHook } from "@testing-library/react";
import * as React from "react";
import * as dom from "react-dom";
import { renderToString } from "react-dom/server";
import { expect, it } from "vitest";
it("v", () => {
  console.log(React.version, dom.version);
  render(<Dialog.Root open><Dialog.Portal><Dialog.Content><Dialog.Title>x</Dialog.Title></Dialog.Content></Dialog.Portal></Dialog.Root>);
  renderHook(() => useQuery({queryKey:["a"], queryFn: () => 1}, new QueryClient()));
  console.log(renderToString(<p>x</p>));
  expect(1).toBe(1);
});

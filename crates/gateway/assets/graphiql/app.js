// The page around GraphiQL: sign-in, the token, the menu of tasks, and the two transports.
"use strict";

(() => {
  const element = (id) => document.getElementById(id);
  const task = element("task"), token = element("token"), notice = element("notice");
  const signIn = element("sign-in"), signOut = element("sign-out");
  const file = element("file"), fileLabel = element("file-label");

  // Kept in memory only: closing the page forgets it.
  let refreshToken = null;

  const say = (text, bad = false) => {
    notice.textContent = text;
    notice.className = bad ? "notice bad" : "notice";
    notice.hidden = text === "";
  };

  const authorization = () => {
    const value = token.value.trim();
    if (value === "") return null;
    return /^bearer /i.test(value) ? value : `Bearer ${value}`;
  };

  const takesFile = (variables) =>
    Boolean(variables && variables.input && ("content" in variables.input || "file" in variables.input));

  // A chosen file goes as it is, after the GraphQL multipart request specification: of any size that the service takes,
  // where `content` would have to fit into a JSON body.
  const withFile = (body) => {
    const { content, fileName, ...input } = body.variables.input;
    const form = new FormData();
    const variables = { ...body.variables, input: { ...input, file: null, fileName: file.files[0].name } };
    form.append("operations", JSON.stringify({ ...body, variables }));
    form.append("map", JSON.stringify({ 0: ["variables.input.file"] }));
    form.append("0", file.files[0]);
    return form;
  };

  const post = async (body, headers = {}, signal = undefined) => {
    const bearer = authorization();
    const upload = !fileLabel.hidden && file.files.length > 0 && takesFile(body.variables);
    const response = await fetch("/graphql", {
      method: "POST",
      headers: {
        ...(upload ? { "graphql-require-preflight": "1" } : { "content-type": "application/json" }),
        accept: "application/graphql-response+json, application/json",
        ...(bearer ? { authorization: bearer } : {}),
        ...headers,
      },
      body: upload ? withFile(body) : JSON.stringify(body),
      signal,
    });
    return response.json();
  };

  const signedIn = (session) => {
    token.value = session ? session.accessToken : "";
    refreshToken = session ? session.refreshToken : null;
    signIn.hidden = session !== null;
    signOut.hidden = session === null;
  };

  const session = async (field, input) => {
    const query = `mutation Session($input: ${field[0].toUpperCase()}${field.slice(1)}Input!) {
      session: ${field}(input: $input) { accessToken refreshToken errors { message } }
    }`;
    const answer = await post({ query, variables: { input } });
    const found = answer.data && answer.data.session;
    if (found && found.accessToken) return found;
    const errors = (found && found.errors) || answer.errors || [];
    throw new Error(errors.map((error) => error.message).join(" ") || "Signing in did not work.");
  };

  signIn.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      token.value = "";
      signedIn(await session("signIn", { email: element("email").value, password: element("password").value }));
      element("password").value = "";
      say(`Signed in as ${element("email").value}.`);
    } catch (error) {
      say(error.message, true);
    }
  });

  signOut.addEventListener("click", () => {
    signedIn(null);
    say("Signed out on this page.");
  });

  token.addEventListener("input", () => { refreshToken = null; });

  const unauthenticated = (answer) =>
    (answer.errors || []).some((error) => error.extensions && error.extensions.code === "UNAUTHENTICATED");

  // An access token is short-lived; fetch another one once, and go on.
  const execute = async (body, headers) => {
    const answer = await post(body, headers);
    if (!refreshToken || !unauthenticated(answer)) return answer;
    try {
      const used = refreshToken;
      token.value = "";
      signedIn(await session("refreshSession", { refreshToken: used }));
    } catch (error) {
      signedIn(null);
      say(`Your session has ended: ${error.message}`, true);
      return answer;
    }
    return post(body, headers);
  };

  // One WebSocket per subscription, by the protocol graphql-transport-ws.
  const subscribe = (body) => {
    const queue = [];
    let wake = null, ended = false, socket = null;
    const push = (item) => { queue.push(item); if (wake) { wake(); wake = null; } };
    const open = () => {
      const scheme = location.protocol === "https:" ? "wss" : "ws";
      socket = new WebSocket(`${scheme}://${location.host}/graphql/ws`, "graphql-transport-ws");
      const send = (message) => socket.send(JSON.stringify(message));
      socket.onopen = () => {
        const bearer = authorization();
        send({ type: "connection_init", payload: bearer ? { authorization: bearer } : {} });
      };
      socket.onmessage = ({ data }) => {
        const message = JSON.parse(data);
        if (message.type === "connection_ack") send({ type: "subscribe", id: "1", payload: body });
        else if (message.type === "ping") send({ type: "pong" });
        else if (message.type === "next") push({ value: message.payload });
        else if (message.type === "error") { push({ value: { errors: message.payload } }); push({ done: true }); }
        else if (message.type === "complete") push({ done: true });
      };
      socket.onclose = ({ code, reason }) => {
        if (!ended && code !== 1000) push({ value: { errors: [{ message: reason || `Closed with code ${code}.` }] } });
        push({ done: true });
      };
    };
    return {
      [Symbol.asyncIterator]() { return this; },
      async next() {
        if (ended) return { done: true, value: undefined };
        if (!socket) open();
        while (queue.length === 0) await new Promise((resolve) => { wake = resolve; });
        const item = queue.shift();
        if (item.done) { ended = true; socket.close(1000); return { done: true, value: undefined }; }
        return { done: false, value: item.value };
      },
      async return() {
        ended = true;
        if (socket) socket.close(1000);
        push({ done: true });
        return { done: true, value: undefined };
      },
    };
  };

  const isSubscription = ({ query, operationName }) => {
    const text = query.replace(/"""[\s\S]*?"""|"(?:\\.|[^"\\])*"|#[^\n]*/g, "");
    const operations = [...text.matchAll(/(?:^|[}\s])(query|mutation|subscription)\s*(\w*)[^{}]*\{/g)];
    const meant = operationName ? operations.find((match) => match[2] === operationName) : operations[0];
    return meant !== undefined && meant[1] === "subscription";
  };

  const fetcher = (body, options = {}) =>
    isSubscription(body) ? subscribe(body) : execute(body, options.headers || {});

  const root = ReactDOM.createRoot(element("graphiql"));
  let shown = 0;
  const show = (operation) => {
    shown += 1;
    root.render(React.createElement(GraphiQL, {
      key: shown,
      fetcher,
      defaultQuery: "# Choose a task above, or write a query here.\n\n{\n  __typename\n}\n",
      ...(operation ? { query: operation.query, variables: operation.variables } : {}),
      defaultEditorToolsVisibility: operation && operation.variables ? "variables" : undefined,
      shouldPersistHeaders: false,
    }));
  };

  const library = async () => {
    const operations = await (await fetch("/graphiql/operations.json")).json();
    operations.forEach((operation, index) => {
      const option = document.createElement("option");
      option.value = String(index);
      option.textContent = operation.title;
      task.append(option);
    });
    const choose = () => {
      const operation = operations[Number(task.value)];
      if (task.value === "" || !operation) return;
      fileLabel.hidden = !/"(content|file)"/.test(operation.variables);
      file.value = "";
      say(operation.description);
      show(operation);
    };
    task.addEventListener("change", choose);
    // Mails lead to the task that they ask for.
    const asked = () => {
      const index = operations.findIndex((operation) => `#${operation.name}` === location.hash);
      if (index < 0) return;
      task.value = String(index);
      choose();
    };
    window.addEventListener("hashchange", asked);
    asked();
  };

  show(null);
  library().catch(() => say("The tasks could not be fetched.", true));
})();

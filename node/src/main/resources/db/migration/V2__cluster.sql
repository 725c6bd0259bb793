-- The nodes of this database: here they find each other. A node renews `seen` every second, and
-- holds an advisory lock for its `id` as long as its connection lives. A node whose row is gone has
-- been declared dead, and must not go on as it was.
CREATE TABLE cluster_node (
  id INT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  address TEXT NOT NULL UNIQUE,
  incarnation BIGINT NOT NULL,
  http TEXT NOT NULL,
  version TEXT NOT NULL,
  member BOOLEAN NOT NULL,
  sockets INT NOT NULL,
  seen TIMESTAMPTZ NOT NULL
);

-- Who may go on when the nodes do not see each other. Only this database's clock counts.
CREATE TABLE cluster_lease (
  name TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  expires TIMESTAMPTZ NOT NULL
);

-- The certificate authorities of the cluster's nodes, with their keys in PKCS#8. Every reader of this
-- table can join the cluster. The database's clock gives `created`.
CREATE TABLE cluster_authority (
  id TEXT PRIMARY KEY,
  created TIMESTAMPTZ NOT NULL,
  certificate BYTEA NOT NULL,
  key BYTEA NOT NULL
);

-- How a node protects its connections to other nodes. Earlier releases did not encrypt them by default.
ALTER TABLE cluster_node ADD COLUMN remoting TEXT NOT NULL DEFAULT 'insecure-plain';

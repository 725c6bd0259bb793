-- The snapshots of accounts have another shape: features keep their own part of the state. Accounts
-- recover from their journals, which are complete, and write snapshots anew; nothing is lost. The
-- first recovery of an account with a long journal takes longer.
DELETE FROM snapshot WHERE persistence_id LIKE 'account|%';

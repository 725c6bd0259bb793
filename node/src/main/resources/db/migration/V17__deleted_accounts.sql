-- The events that deleted an account, for the deletion of everything before them.
CREATE INDEX event_journal_account_erased ON event_journal (persistence_id, sequence_number)
  WHERE event_ser_manifest = 'account.erased';

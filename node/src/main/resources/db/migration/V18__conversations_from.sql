-- Who may begin a conversation with an account; null if the account has not chosen.
ALTER TABLE account_privacy
    ADD COLUMN conversations_from text CHECK (conversations_from IN ('everyone', 'rooms', 'contacts'));

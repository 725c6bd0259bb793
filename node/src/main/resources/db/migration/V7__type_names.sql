-- Events and snapshots are known by logical names instead of class names (type-names.conf), written
-- by a serializer of Kith's own (1001) instead of Pekko's (33). The bytes stay as they are.
CREATE TEMPORARY TABLE renamed_type (class TEXT PRIMARY KEY, name TEXT NOT NULL) ON COMMIT DROP;

INSERT INTO renamed_type (class, name) VALUES
  ('kith.node.account.AccountEvent$Deleted', 'account.deleted'),
  ('kith.node.account.AccountEvent$DeviceBegan', 'account.device-began'),
  ('kith.node.account.AccountEvent$DevicesEnded', 'account.devices-ended'),
  ('kith.node.account.AccountEvent$JoinBegan', 'account.join-began'),
  ('kith.node.account.AccountEvent$LeaveBegan', 'account.leave-began'),
  ('kith.node.account.AccountEvent$MembershipSettled', 'account.membership-settled'),
  ('kith.node.account.AccountEvent$PasswordSet', 'account.password-set'),
  ('kith.node.account.AccountEvent$ProfileChanged', 'account.profile-changed'),
  ('kith.node.account.AccountEvent$Refreshed', 'account.refreshed'),
  ('kith.node.account.AccountEvent$SignedUp', 'account.signed-up'),
  ('kith.node.account.AccountState', 'account.snapshot'),
  ('kith.node.account.AccountEvent$StatusChosen', 'account.status-chosen'),
  ('kith.node.account.AccountEvent$ContactNoted', 'contacts.noted'),
  ('kith.node.account.AccountEvent$StanceHeard', 'contacts.stance-heard'),
  ('kith.node.account.AccountEvent$StanceTaken', 'contacts.stance-taken'),
  ('kith.node.account.AccountEvent$StanceTold', 'contacts.stance-told'),
  ('kith.node.account.AccountEvent$ConversationBegan', 'conversations.began'),
  ('kith.node.account.AccountEvent$ConversationHidden', 'conversations.hidden'),
  ('kith.node.account.AccountEvent$Blocked', 'privacy.blocked'),
  ('kith.node.account.AccountEvent$PrivacyChanged', 'privacy.changed'),
  ('kith.node.account.AccountEvent$Unblocked', 'privacy.unblocked'),
  ('kith.node.room.RoomEvent$Banned', 'room.banned'),
  ('kith.node.room.RoomEvent$Created', 'room.created'),
  ('kith.node.room.RoomEvent$Deleted', 'room.deleted'),
  ('kith.node.room.RoomEvent$Edited', 'room.edited'),
  ('kith.node.room.RoomEvent$InvitationRevoked', 'room.invitation-revoked'),
  ('kith.node.room.RoomEvent$Invited', 'room.invited'),
  ('kith.node.room.RoomEvent$Joined', 'room.joined'),
  ('kith.node.room.RoomEvent$Kicked', 'room.kicked'),
  ('kith.node.room.RoomEvent$Left', 'room.left'),
  ('kith.node.room.RoomEvent$Posted', 'room.posted'),
  ('kith.node.room.RoomEvent$Redacted', 'room.redacted'),
  ('kith.node.room.RoomEvent$RoleChanged', 'room.role-changed'),
  ('kith.node.room.RoomEvent$SettingsChanged', 'room.settings-changed'),
  ('kith.node.room.RoomSnapshot', 'room.snapshot'),
  ('kith.node.room.RoomEvent$Unbanned', 'room.unbanned');

UPDATE event_journal SET event_ser_id = 1001, event_ser_manifest = renamed_type.name
FROM renamed_type WHERE event_ser_id = 33 AND event_ser_manifest = renamed_type.class;

UPDATE snapshot SET snapshot_ser_id = 1001, snapshot_ser_manifest = renamed_type.name
FROM renamed_type WHERE snapshot_ser_id = 33 AND snapshot_ser_manifest = renamed_type.class;

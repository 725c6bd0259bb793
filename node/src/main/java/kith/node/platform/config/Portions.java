package kith.node.platform.config;

/// The sizes of portions that a node handles at once, and the numbers that the protocol fixes.
///
/// A portion bounds one page, message or write. The rest follows in the next one, so nothing is
/// refused and users do not notice it. A number that bounds memory, a queue or the actions of users
/// is a setting in `cluster.conf` instead.
public final class Portions {
  private Portions() {}

  // To clients.

  /// Rows in one list frame, so that frames stay small for clients that have to assemble them.
  public static final int LIST_ROWS = 200;

  /// Bytes of entries in one frame of a relay, well below the size that clients must be able to
  /// assemble.
  public static final int RELAY_FRAME_BYTES = 48 << 10;

  /// Entries and bytes that a session reads for one room before the next room has its turn. Half of
  /// the default `kith.sessions.outbound`.
  public static final int READ_ENTRIES = 100;

  public static final int READ_BYTES = 128 << 10;

  /// Bytes pushed to a socket together; a larger push does not help it.
  public static final int PUSH_BYTES = 64 << 10;

  /// A socket with fewer bytes waiting counts as drained. Less than the smallest allowed
  /// `kith.sessions.outbound`.
  public static final int LOW_WATER = 32 << 10;

  /// Events of a socket, other than frames, that a session keeps until its account answers.
  public static final int SOCKET_EVENTS = 48;

  /// Alerts or commits of one webhook payload that its message lists; it counts the rest.
  public static final int PAYLOAD_PARTS = 10;

  /// Rooms to which one token of a bot can be limited.
  public static final int TOKEN_ROOMS = 100;

  /// Rooms that an identity provider's settings can give to groups.
  public static final int GROUP_ROOMS = 100;

  // Between nodes, whose messages have at most 1 MiB.

  /// User names of at most 128 bytes in one message.
  public static final int MESSAGE_NAMES = 2_000;

  /// The weight of the receipts in one message. A receipt weighs 4, and each name in its privacy
  /// policy 1.
  public static final int MESSAGE_RECEIPTS = 8_000;

  /// Changed rooms or mentions for which a message is sent before `Intervals.LIVE` is over.
  public static final int NEWS = 500;

  /// Rooms of an account in one message to a session; a room id takes less than 100 bytes.
  public static final int ROOMS = 1_000;

  /// Contacts in one message from an account to a session; one with its note takes less than 1 KiB.
  public static final int CONTACTS = 500;

  /// Requests in one message from an account to a session; one takes less than 4 KiB.
  public static final int REQUESTS = 100;

  /// Contact intents, or requests, sent in one attempt, so that a long list does not flood other
  /// accounts.
  public static final int INTENTS = 100;

  /// Failures of requests to one host of receivers in a row before the host gets no more for a
  /// while.
  public static final int CIRCUIT_FAILURES = 5;

  /// Code points of a message's text in a notification.
  public static final int NOTIFIED_TEXT = 200;

  /// Messages that one e-mail digest is made of, and those of them whose text it shows.
  public static final int DIGEST_MESSAGES = 200;

  public static final int DIGEST_TEXTS = 50;

  /// Codes for e-mail addresses that one account can have sent, and that one address is sent, in
  /// `CourierIntervals.EMAIL_CODES_COUNTED`.
  public static final int EMAIL_CODES = 5;

  public static final int EMAIL_CODES_TO_ADDRESS = 10;

  /// Attempts to guess one code.
  public static final int EMAIL_CODE_TRIES = 10;

  /// Calls that a node posts to addresses of bots, or that wait for it.
  public static final int POSTED_CALLS = 1000;

  /// The answer of such an address: a message, also with every character escaped.
  public static final int POSTED_CALL_ANSWER_BYTES = 256 * 1024;

  // To and from the database.

  /// Entries of a room that a courier reads to deliver the next ones.
  public static final int DELIVERED_ENTRIES = 100;

  /// Size of the entries that a courier keeps of such a page, all together; at least one.
  public static final int DELIVERED_BYTES = 256 * 1024;

  /// Events of one room in one read or write of a projection. A position advances at least this
  /// often, which limits how many events are read again after a crash.
  public static final int EVENTS = 200;

  /// Rooms or accounts whose rows are read by one statement when many wake at the same time.
  public static final int GROUPED_READS = 100;

  /// Snapshots that are read by one statement. That of a room with thousands of members has some
  /// hundred kilobytes.
  public static final int SNAPSHOTS = 16;

  /// Such statements of one kind at the same time. With one, a slow statement would delay all
  /// rooms.
  public static final int READS_AT_A_TIME = 2;

  /// Events of all rooms that projections apply in one transaction, few enough that writes of the
  /// journal do not notice it. A larger change of one room is not divided.
  public static final int GROUPED_EVENTS = 2_000;

  /// Entries of a room that one step of the erasure of a deleted account's messages reads, and
  /// rooms in one page of its tasks. Small, because a room commits the redactions of a step
  /// together.
  public static final int ERASURE = 50;

  /// Repeatable requests that are too old, deleted together with each new one.
  public static final int FORGOTTEN_REQUESTS = 20;

  /// Entries of a room that are destroyed in one transaction.
  public static final int DESTROYED = 500;

  /// Entries and bytes of a room that are sealed into one segment. To read one of them, the whole
  /// segment is read.
  public static final int SEALED = 1_000;

  public static final int SEGMENT_BYTES = 512 << 10;

  /// Entries of a room that are worth a segment: fewer would compress badly.
  public static final int LEAST_SEALED = 100;

  /// Rooms whose oldest entries a node begins to remove in one `Intervals.AGING`.
  public static final int AGING_ROOMS = 50;

  /// Messages that one read of the index of searches names.
  public static final int SEARCH_CANDIDATES = 50;

  /// Rows and bytes of all logs together that the journal commits in one statement. A larger write
  /// of one log is not divided.
  public static final int JOURNAL_ROWS = 1_000;

  public static final int JOURNAL_BYTES = 1 << 20;

  /// Rows in one read of a replay.
  public static final int REPLAY = 1_000;

  /// Entries that a node adds to the audit log together.
  public static final int AUDIT_ENTRIES = 100;

  /// Code points of a message beside a reported one.
  public static final int REPORTED_NEIGHBOUR = 500;

  /// The highest number of bots that the settings allow for one owner.
  public static final int BOTS_OF_AN_OWNER = 10_000;

  /// Reports in one answer, which have several messages each.
  public static final int REPORTS = 20;

  /// Requests to join one room that wait to be stored, and those that wait until the room has read
  /// the earlier ones. Later ones are refused.
  public static final int WAITING_JOINS = 64;

  /// Changes of the mutes of one room that wait to be stored. Later ones are refused.
  public static final int WAITING_MUTES = 16;

  /// Rows of the audit log that one request reads, for a list or a check.
  public static final int AUDIT_ROWS = 2_000;

  /// Accounts that one request to rebuild the list of accounts reads.
  public static final int REBUILT_ACCOUNTS = 200;

  /// Rooms whose projections are rebuilt at the same time.
  public static final int REBUILDS = 4;

  /// Read positions that are written before `Intervals.WRITE` is over.
  public static final int POSITIONS = 5_000;

  /// Bytes in one record of a backup: rows of a table, which may be divided.
  public static final int BACKUP_RECORD = 256 << 10;

  /// Bytes of a file in one row.
  public static final int FILE_PART = 256 << 10;

  /// Bytes of a file in one object of an object store, where each has a price.
  public static final int FILE_OBJECT = 1 << 20;

  /// The Java heap of a process that decodes a WebP: about 30 bytes for each pixel.
  public static final int WEBP_HEAP = 256 << 20;

  /// Bytes of the output of the command that checks files, for the audit log.
  public static final int SCAN_OUTPUT = 256;

  /// The longest side of a picture that is decoded, in pixels: that of a JPEG or a GIF. A PNG may
  /// have a longer one, and its decoder keeps whole rows in memory: a row of 33 million pixels
  /// compresses to a few hundred KB, and takes 264 MB.
  public static final int PICTURE_SIDE = 65_535;

  /// Pictures for profiles that a node has in memory at the same time.
  public static final int PROFILE_PICTURES = 4;

  /// Files that one step of the removal of files handles.
  public static final int REMOVED_FILES = 100;

  /// Rows that together contain the size of all files, so that uploads do not wait for one row.
  public static final int FILE_TOTALS = 16;

  /// Bytes of an answer of an identity provider that are read.
  public static final int PROVIDER_ANSWER_BYTES = 1024 * 1024;

  /// Secrets that one transaction encrypts again.
  public static final int REWRAPPED_SECRETS = 200;

  /// Rows or entries that one page of an export is made of.
  public static final int EXPORTED_ROWS = 500;

  /// Owners of a room that the list of rooms for administrators names.
  public static final int LISTED_OWNERS = 20;

  /// Accounts that can sign up with one invitation.
  public static final int INVITED_ACCOUNTS = 100_000;

  // Fixed by the protocol; `protocol/README.md` states them.

  /// Arguments of a command.
  public static final int COMMAND_ARGUMENTS = 10;

  /// The longest time of a user away before a device is notified.
  public static final int AWAY_MINUTES = 1_440;

  /// Choices of an argument.
  public static final int COMMAND_CHOICES = 25;

  /// Entries or rows in a page for which the client asks without a `limit`.
  public static final int USUAL_PAGE = 50;

  /// Code points of a search.
  public static final int SEARCH_QUERY = 500;

  /// Words, phrases, users and rooms in a search.
  public static final int SEARCH_PARTS = 20;

  /// Words, or characters of scripts without spaces, in a phrase.
  public static final int SEARCH_PHRASE = 50;

  /// The shortest beginning of a word that is searched, in code points.
  public static final int SEARCHED_PREFIX = 2;

  /// Code points of a word that are searched; the rest of a longer word is ignored.
  public static final int SEARCHED_WORD = 64;

  /// Matched parts of a message that are reported.
  public static final int SEARCH_RANGES = 100;

  /// Edits in the versions of one message: the latest ones.
  public static final int VERSIONS = 100;

  /// Code points of a message's text in the inbox.
  public static final int PREVIEW = 120;

  /// Unread mentions are counted up to this number.
  public static final int COUNTED_MENTIONS = 100;

  /// Unread replies of one thread are counted up to this number.
  public static final int COUNTED_REPLIES = 100;

  /// Entries of a room among which a client asks for threads at once.
  public static final int THREAD_RANGE = 1_000;

  /// Accounts whose unread threads are looked up at once, when they connect.
  public static final int THREAD_ACCOUNTS = 100;

  /// Accounts whose open tasks as moderators are looked up at once, when they connect.
  public static final int BACKLOG_ACCOUNTS = 100;

  /// Accounts whose due reminders are looked up at once.
  public static final int REMINDED_ACCOUNTS = 100;

  /// Accounts, or receivers of notifications, whose reminders are looked up at once.
  public static final int REMINDED_RECEIVERS = 500;

  /// Code points of the text of a reminder.
  public static final int REMINDER_TEXT = 500;

  /// Distinct positions for which a room without named receipts keeps exact counts.
  public static final int RECEIPT_STEPS = 200;

  /// Users listed as typing in one room. More than a reader can follow; others are left out.
  public static final int TYPING_USERS = 20;

  // In the cluster.

  /// Shards of each kind that move at the same time from a node that is about to leave. More would
  /// wait for each other: their entities wake on nodes that have other work.
  public static final int SHARDS_LEAVING = 2;
}

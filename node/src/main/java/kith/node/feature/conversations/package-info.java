/// Rooms of two users, found by the two names.
///
/// Attaches to accounts ([AccountConversations], [AccountRequests]), to sessions
/// ([RequestsSessionPart]) and to HTTP ([ConversationRoutes], [RequestRoutes]). Events and state
/// are in the journal of each of the two accounts; there is no table.
@NullMarked
package kith.node.feature.conversations;

import org.jspecify.annotations.NullMarked;

/// Mutual contacts and requests between two accounts.
///
/// Attaches to accounts ([AccountContacts]), to sessions and to HTTP ([ContactRoutes]). Events and
/// state are in the journal of each of the two accounts; there is no table.
@NullMarked
package kith.node.feature.contacts;

import org.jspecify.annotations.NullMarked;

/// Mutual contacts and requests between two accounts.
@NullMarked
package kith.node.feature.contacts;

import org.jspecify.annotations.NullMarked;

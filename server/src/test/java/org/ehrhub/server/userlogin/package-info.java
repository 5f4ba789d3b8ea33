@org.jspecify.annotations.NullMarked
package org.ehrhub.server.userlogin;

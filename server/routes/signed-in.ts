/** The name of the bearer scheme in the API's description. */
export const BEARER = 'bearer';

/** What routes that need a sign-in say of it. */
export const signedIn = [{ [BEARER]: [] }];

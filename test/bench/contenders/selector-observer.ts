import { observe } from 'selector-observer';
import { followRow } from '../recycled';

observe('._5_n1', { add: followRow });
